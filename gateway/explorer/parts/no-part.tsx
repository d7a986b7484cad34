import type { GraphError } from '../client/send-operation.ts';
import { absentAt, whyAbsent, whyMissing, whyNull } from '../client/why-null.ts';
import { nameOfPartner } from '../frame/settings.ts';
import { person } from '../session/session.ts';
import { t, type WordKey } from '../words/language.ts';
import { joinNames } from '../words/names.ts';
import { AskAgain, NoValue } from './no-value.tsx';
import { SignInButton } from './sign-in-button.tsx';

interface NoPartProps {
  readonly errors: readonly GraphError[];
  readonly path: readonly (string | number)[];
  /** Whose part it is. @default that of all who are named at the path or above */
  readonly owner?: string;
  /** A sentence that says who reads the part. */
  readonly readers?: WordKey;
}

/** In place of a part of a page: one sentence that says why it is not there, and from whom it would be. */
export function NoPart({ errors, path, owner, readers }: NoPartProps) {
  const named = whyNull(errors, path, owner);
  const isPart = owner === undefined && absentAt(errors, path).length > 0;
  const why = named === 'unknown' && isPart ? whyMissing(errors, path) : named;
  if (why === 'withheld')
    return (
      <p>
        {t(person.value ? 'response.part' : 'response.partSignIn')} {readers && t(readers)}{' '}
        <SignInButton />
      </p>
    );
  const partners = absentAt(errors, path).filter((code) => whyAbsent([code]) === why);
  const names = joinNames(partners.map(nameOfPartner));
  if (why !== 'missing')
    return (
      <p>
        <NoValue why={why} partners={partners} />
      </p>
    );
  return (
    <p>
      {names === '' ? <NoValue why={why} /> : t('response.notNow', { partners: names })}{' '}
      <AskAgain />
    </p>
  );
}
