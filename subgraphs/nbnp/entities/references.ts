import { AboutPerson, Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A region of North-West Russia. The record belongs to the offices. */
@Directive('@key(fields: "code", resolvable: false)')
@ObjectType('Region', { description: words.Region.about })
@Access('open')
export class Region {
  @Field(() => ID, { description: words.Region.code })
  code: string;
}

/** A record of a police force. The network adds the assignments. */
@Directive('@key(fields: "id")')
@ObjectType('Expert', { description: words.Expert.about })
@Access('signedIn')
@AboutPerson(({ id }: Expert) => id)
export class Expert {
  @Field(() => ID, { description: words.Expert.id })
  id: string;
}

/** A police force’s offer to host a visit. The record belongs to the police force. */
@Directive('@key(fields: "id")')
@ObjectType('Hosting', { description: words.Hosting.about })
@Access('open')
export class Hosting {
  @Field(() => ID, { description: words.Hosting.id })
  id: string;

  @Directive('@external')
  @Field(() => ID, { description: words.Hosting.visitId })
  visitId: string;
}

/** An office’s offer to arrange a visit. The record belongs to the offices. */
@Directive('@key(fields: "id")')
@ObjectType('RegionalHosting', { description: words.RegionalHosting.about })
@Access('open')
export class RegionalHosting {
  @Field(() => ID, { description: words.Hosting.id })
  id: string;

  @Directive('@external')
  @Field(() => ID, { description: words.Hosting.visitId })
  visitId: string;
}
