import { HOME_PATH, safeReturnPath, signInPath } from './return-path';

describe('the return path', () => {
  it.each(['/', '/tasks', '/tasks?filter=open', '/tasks#3', '/a/b/c%20d'])(
    'is %s when that is a path of ours',
    (path) => {
      expect(safeReturnPath(path)).toBe(path);
    },
  );

  it.each([
    ['another site', 'https://evil.example/'],
    ['another site without a scheme', '//evil.example'],
    ['another site by a backslash', '/\\evil.example'],
    ['another site by a backslash further on', '/a\\..\\evil'],
    ['another site by a tab, which browsers drop', '/\t/evil.example'],
    ['a header split', '/tasks\r\nset-cookie: a=b'],
    ['a script', 'javascript:alert(1)'],
    ['a relative path', 'tasks'],
    ['nothing', ''],
    ['no text', undefined],
    ['given twice', ['/a', '/b']],
    ['the form one comes from', '/sign-in?return=/tasks'],
    ['the other form', '/sign-up'],
  ])('is the home path when what is wanted is %s', (_, wanted) => {
    expect(safeReturnPath(wanted)).toBe(HOME_PATH);
  });

  it('survives the trip through the sign-in page', () => {
    const url = new URL(signInPath('/tasks?a=1&b=2'), 'http://localhost:3000');
    expect(url.pathname).toBe('/sign-in');
    expect(safeReturnPath(url.searchParams.get('return'))).toBe('/tasks?a=1&b=2');
  });

  it('comes with the reason why one is there, if there is one', () => {
    expect(signInPath('/tasks', 'ended')).toBe('/sign-in?reason=ended&return=%2Ftasks');
    expect(signInPath('/tasks')).toBe('/sign-in?return=%2Ftasks');
  });

  it('lets a path through that merely begins like a form', () => {
    expect(safeReturnPath('/sign-inventory')).toBe('/sign-inventory');
  });
});
