import { CountryCodeScalar, DateScalar } from '@hub/shared/graphql';
import { vocabulary } from '@hub/shared/programme';
import { Field, InputType } from 'type-graphql';
import { OfficeKind } from '../entities/vocabulary.js';

@InputType({
  description: 'Selects offices. All given conditions must hold. An unknown date excludes nothing.',
})
export class OfficeFilter {
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'Only offices in this country, by its ISO code: `EE`.',
  })
  country?: string | null;

  @Field(() => OfficeKind, {
    nullable: true,
    description: 'Only places of this kind: secretariats, offices, branches and so on.',
  })
  kind?: OfficeKind | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Only offices that were open on that day. Unknown dates exclude nothing.',
  })
  openOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Part of its name or another name. Case and marks are ignored: `parnu` finds Pärnu.',
  })
  search?: string | null;

  @Field(() => Boolean, vocabulary.takenRehearsals)
  rehearsals?: boolean | null;
}
