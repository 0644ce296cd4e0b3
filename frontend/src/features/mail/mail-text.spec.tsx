import { renderToStaticMarkup } from 'react-dom/server';
import { MailText } from './mail-text';

const rendered = (text: string) =>
  renderToStaticMarkup(<MailText text={text} webUrl="http://localhost:3000" />);
const linksIn = (text: string) =>
  [...rendered(text).matchAll(/href="([^"]*)"/g)].map(([, to]) => to);

describe('the text of a mail', () => {
  it('lets one follow the links to our own pages', () => {
    expect(linksIn('Go to\nhttp://localhost:3000/reset-password#token=abc\nsoon.')).toEqual([
      'http://localhost:3000/reset-password#token=abc',
    ]);
  });

  it.each([
    'https://evil.example/',
    'http://localhost:3000@evil.example/',
    'http://localhost:3000.evil.example/',
    'http://localhost:30001/',
    'https://localhost:3000/',
    'javascript:alert(1)',
  ])('does not make a link of %s', (address) => {
    expect(linksIn(`See ${address} now`)).toEqual([]);
  });

  it('shows markup as text', () => {
    expect(rendered('<img src=x>')).not.toContain('<img');
  });
});
