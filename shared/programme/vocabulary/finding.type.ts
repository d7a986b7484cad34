import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../identity/access.js';
import { Sector } from './enums.js';

/** The contract’s `Finding`, of each part of an evaluation. */
@Directive('@shareable')
@ObjectType('Finding', { description: 'Something that an evaluation found.' })
@Access('open')
export class Finding {
  @Field(() => String, { description: 'What was found, in a few words.' })
  title: string;

  @Field(() => String, { description: 'The finding in full.' })
  text: string;

  @Field(() => Sector, {
    nullable: true,
    description: 'The sector that it is about; null for none in particular.',
  })
  sector: Sector | null;
}

@InputType('FindingInput', { description: 'Something that an evaluation found.' })
export class FindingInput {
  @Field(() => String, { description: 'What was found, in a few words.' })
  title: string;

  @Field(() => String, { description: 'The finding in full.' })
  text: string;

  @Field(() => Sector, {
    nullable: true,
    description: 'The sector that it is about; leave it out for none in particular.',
  })
  sector?: Sector | null;
}

interface DraftedLists {
  readonly findings?: readonly FindingInput[] | null;
  readonly recommendations?: readonly string[] | null;
}

/** The lists of a draft that were given. Null removes all of one. */
export const pickDrafted = ({
  findings,
  recommendations,
}: DraftedLists): { findings?: Finding[]; recommendations?: string[] } => ({
  ...(findings !== undefined && {
    findings: (findings ?? []).map(({ title, text, sector = null }) => ({ title, text, sector })),
  }),
  ...(recommendations !== undefined && { recommendations: [...(recommendations ?? [])] }),
});
