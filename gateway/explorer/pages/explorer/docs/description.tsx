/** A text of the schema, with `names` as code. */
export function Words({ text }: { text: string }) {
  return (
    <span lang="en">
      {text
        .split(/`([^`]+)`/)
        .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
    </span>
  );
}

/** A description of the schema, in paragraphs. */
export function Description({ text }: { text: string | null | undefined }) {
  if (!text) return null;
  return (
    <>
      {withoutReaders(text)
        .split('\n\n')
        .map((paragraph) => (
          <p key={paragraph}>
            <Words text={paragraph} />
          </p>
        ))}
    </>
  );
}

/** Without the paragraph about who reads it, which the docs show beside the owner. */
const withoutReaders = (text: string): string => text.split(/\n\n(?:Read|Called) by: /)[0] ?? '';

/** The first sentence, for lists. */
export const firstSentence = (text: string | null | undefined): string =>
  /^.*?[.!?](?=\s|$)/s.exec(text ?? '')?.[0] ?? text ?? '';
