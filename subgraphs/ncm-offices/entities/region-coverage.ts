import { DateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { Field, ObjectType } from 'type-graphql';
import { Region } from './region.entity.js';

/** Not a table: a region in the form of a statement about the office that covers it. */
@ObjectType('RegionCoverage', {
  description: 'The office that covers a region, and whether a source states so.',
})
@Access('open')
@MaxAge('inherited')
export class RegionCoverage {
  @Field(() => Region, { description: 'The part of North-West Russia that is covered.' })
  region: Region;

  @Field(() => Boolean, {
    description: 'False if the coverage is this project’s choice and no source states it.',
  })
  isStated: boolean;

  @Field(() => UrlScalar, {
    nullable: true,
    description: 'The page that states the coverage; null if none does.',
  })
  source: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day on which somebody last checked it; null if none is recorded.',
  })
  checkedOn: string | null;
}
