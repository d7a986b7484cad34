import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  Resolver,
  Root,
} from 'type-graphql';
import { toSameText, type Sameness } from '../../database/search/find-same.js';
import { Access } from '../../identity/access.js';
import { words } from '../../partner/words.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import type { KeptRecord, MergeInput, RecordKeeper } from './keep-records.js';
import { StatedChangeInput } from './stated.input.js';

const about = {
  input: 'Two records of the same thing.',
  into: 'Id of the record that stays.',
  reason:
    'Why they are one, for the record of changes, which co-ordinators and auditors of every organisation read. Do not name persons.',
  intoVersion: 'The version of the record that stays, as the caller has last read it.',
  mergedInto:
    'The record that it was merged into, which stands for it. Null while it stands for itself. What others had recorded with its id still finds it.',
  taken: 'Those that were merged into others, too.',
  merge:
    'Merges two records of the same thing, and returns the one that stays. The other keeps its id and its values, leaves the lists, and shows where it went. What referred to it in its owner’s data refers to the one that stays. No mutation takes it back. Rules: MERGED, REFERRED_TO, REHEARSAL.',
};

/** Bodies are the same by name and country, offices by their city too, sites by name and city. */
export const sameBy = (...places: readonly ['country' | 'city', ...'city'[]]): Sameness => {
  const properties = ['name', ...places];
  return {
    properties,
    // Names may differ in spaces and signs, by which a database does not find them.
    foundBy: places[0],
    keyOf: (row) => properties.map((property) => toSameText(row[property])).join('\n'),
  };
};

/** The field of a filter that includes what was merged into other records. */
export const takenMerged = {
  nullable: true,
  defaultValue: false,
  description: about.taken,
} as const;

/** Two records that are one. The inputs extend it by the record that goes. */
@InputType('MergeRecordsInput')
abstract class MergeRecordsInput extends StatedChangeInput implements MergeInput {
  @Field(() => ID, { description: about.into })
  into: string;

  @Field(() => String, { description: about.reason })
  reason: string;

  @Field(() => Int, { description: about.intoVersion })
  intoVersion: number;
}

/**
 * Makes the field and the mutation of merged records.
 * @param plural what the mutation merges: `Organisations`
 * @param gone what the field of the input is that names the record that goes
 */
export function createMerging<Row extends KeptRecord>(
  keeper: RecordKeeper<Row>,
  plural: string,
  gone: string,
): Function {
  const { entity, argument } = keeper.kind;
  const name = `merge${plural}`;

  @InputType(`Merge${plural}Input`, { description: about.input })
  class Input extends MergeRecordsInput {}
  Field(() => ID, { description: gone })(Input.prototype, argument);

  @Resolver(() => entity)
  class MergingResolver {
    @FieldResolver(() => entity, { nullable: true, description: about.mergedInto })
    @Access('open')
    mergedInto(
      @Root() { mergedIntoId }: KeptRecord,
      @Ctx() { loaders }: PartnerContext,
    ): Promise<Row | null> | null {
      return mergedIntoId == null ? null : loaders.one<Row>(entity).load(mergedIntoId);
    }

    @Mutation(() => entity, { name, nullable: true, description: about.merge })
    @Access('coordinator')
    merge(
      @Arg('input', () => Input, { description: words.Input.input }) input: Input,
      @Ctx() context: PartnerContext,
    ): Promise<Row> {
      return keeper.merge(context, name, input);
    }
  }
  return MergingResolver;
}
