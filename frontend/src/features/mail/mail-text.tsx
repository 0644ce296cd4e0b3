/** A mail's text, in which links to our own pages can be followed, and no others. */
export function MailText({ text, webUrl }: { text: string; webUrl: string }) {
  return (
    <p className="text-[0.9375rem] break-words whitespace-pre-wrap">
      {text.split(/(https?:\/\/[^\s<>"]+)/).map((piece, at) =>
        isOurs(piece, webUrl) ? (
          // oxlint-disable-next-line react/no-array-index-key -- pieces of a text have no other name
          <a key={at} href={piece} className="break-all text-accent underline underline-offset-4">
            {piece}
          </a>
        ) : (
          piece
        ),
      )}
    </p>
  );
}

function isOurs(text: string, webUrl: string): boolean {
  return URL.canParse(text) && new URL(text).origin === webUrl;
}
