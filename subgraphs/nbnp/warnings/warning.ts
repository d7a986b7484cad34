import { DateScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DeadlineKind } from '../entities/vocabulary.js';
import { WarningCode, warningCatalogue } from './catalogue.js';

@ObjectType('Warning', { description: 'Something about a group that a co-ordinator should check.' })
@Access('open')
export class Warning {
  @Field(() => WarningCode, { description: 'What it warns of.' })
  code: WarningCode;

  @Field(() => String, { description: 'The same in a sentence, in English.' })
  message: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the record that it is about: the group, or one of its parts.',
  })
  subject: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Code of the organisation that can act: `nbnp`, `ncm` or a police force’s. Null if several can, or nobody.',
  })
  owner: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day by which somebody should act; null if no record says.',
  })
  dueOn: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The number that the sentence gives: of people, formalities, reports or days. Null if it gives none.',
  })
  count: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The number with which the sentence compares `count`: a limit, or all of them. Null if it gives none.',
  })
  expected: number | null;

  @Field(() => DeadlineKind, {
    nullable: true,
    description: 'The deadline of the programme that has passed; null for every other warning.',
  })
  deadline: DeadlineKind | null;

  /** The day that its sentence has, and the visit of what closes. The fields do not have them. */
  closedOn?: string;
  visitId?: string;
}

/** The values of a warning, and the words that only its sentence has. */
type WarningValues = Pick<Warning, 'subject'> &
  Partial<Pick<Warning, 'owner' | 'dueOn' | 'count' | 'expected' | 'deadline' | 'visitId'>> & {
    readonly title?: string;
    readonly police?: string;
    readonly hosts?: string;
    readonly step?: string;
    readonly closedOn?: string;
    readonly days?: number;
  };

/** Creates a warning. Its sentence comes from the catalogue. */
export function warn(
  code: WarningCode,
  { title, police, hosts, step, closedOn, days, ...given }: WarningValues,
): Warning {
  const none = { owner: null, dueOn: null, count: null, expected: null, deadline: null };
  const values = { ...none, ...given };
  const spoken = { title, police, hosts, step, closedOn, days };
  const words: Readonly<Record<string, unknown>> = { ...values, ...spoken };
  const message = warningCatalogue[code].message.replace(/\{(\w+)\}/g, (_, word: string) =>
    String(words[word]),
  );
  return { code, message, ...values, ...(closedOn !== undefined && { closedOn }) };
}
