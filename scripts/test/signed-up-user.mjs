/** Signs a new user up at a started product, and asks for access tokens as the web page does. */
export async function signUp({ web, api }) {
  const account = { name: 'Ada', email: 'ada@example.com', password: 'Analytical-Engine-1843' };
  const answer = await fetch(`${web}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: web },
    body: JSON.stringify(account),
  });
  if (!answer.ok) throw new Error(`Sign-up answered ${answer.status}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');

  async function fetchToken() {
    const response = await fetch(`${web}/api/auth/token`, { headers: { cookie } });
    if (!response.ok) throw new Error(`The token endpoint answered ${response.status}`);
    return (await response.json()).token;
  }

  const { sub } = partOf(await fetchToken(), 1);
  const url = `${api}/api/users/${sub}`;
  const statusFor = async (token) => {
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    await response.arrayBuffer();
    return response.status;
  };
  return { url, fetchToken, statusFor };
}

export const kidOf = (token) => partOf(token, 0).kid;

/** Decoded, not verified. */
const partOf = (token, index) =>
  JSON.parse(Buffer.from(token.split('.')[index], 'base64url').toString());
