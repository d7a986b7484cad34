import { Linked } from '../../../parts/source.tsx';

/** A note in sentences. The facts have shorthand in theirs; what contradicts stands among the claims. */
export const WrittenNote = ({ note }: { note: string }) => (
  <Linked
    text={note.replace(/CONFLICT: ([\w.]+)/, (_, word: string) =>
      word.includes('.') ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
    )}
  />
);
