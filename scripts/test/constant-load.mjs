import autocannon from 'autocannon';

const CONNECTIONS = 2;

/** Asks for one URL without a pause, on every connection at once, until it is told to end. */
export async function startLoad(url, token) {
  const clients = [];
  const load = autocannon({
    url,
    connections: CONNECTIONS,
    duration: 600,
    headers: { authorization: `Bearer ${token}` },
    setupClient: (client) => clients.push(client),
  });
  const answers = () => Promise.all(clients.map((client) => answerOf(client)));
  await answers();
  return {
    /** Goes on with another token. Settles when no request with the one before is under way. */
    async use(next) {
      for (const client of clients) client.setHeaders({ authorization: `Bearer ${next}` });
      await answers();
    },
    async end() {
      load.stop();
      const { requests, errors, timeouts, non2xx, '2xx': accepted } = await load;
      // The last request of each connection is cut off by the end; of any other, nothing may be lost.
      const lost = Math.max(0, requests.sent - requests.total - CONNECTIONS);
      return { accepted, failed: errors + timeouts + non2xx + lost };
    },
  };
}

/** An answer to a request that was sent from now on, or to the last one before. */
const answerOf = (client) => new Promise((answered) => client.once('response', answered));
