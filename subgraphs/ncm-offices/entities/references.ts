import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** An organisation in NBNP's directory. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: words.Organisation.about })
@Access('open')
@MaxAge('inherited')
export class Organisation {
  @Field(() => ID, { description: words.Organisation.id })
  id: string;
}

/** An event in NBNP's records. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: words.Event.about })
@Access('open')
@MaxAge('inherited')
export class Event {
  @Field(() => ID, { description: words.Event.id })
  id: string;
}

/** A group, which NBNP plans and for which the offices select delegates. */
@Directive('@key(fields: "id")')
@ObjectType({ description: words.Group.about })
@Access('open')
export class Group {
  @Field(() => ID, { description: words.Group.id })
  id: string;
}

/** A visit, which NBNP plans and which an office helps to host if it is in Russia. */
@Directive('@key(fields: "id")')
@ObjectType({ description: words.Visit.about })
@Access('open')
export class Visit {
  @Field(() => ID, { description: words.Visit.id })
  id: string;
}

/** A stop of a visit, which NBNP plans and which an office confirms if it is in Russia. */
@Directive('@key(fields: "id")')
@ObjectType({
  description: words.ItineraryStop.about,
})
@Access('open')
export class ItineraryStop {
  @Field(() => ID, { description: words.Visit.id })
  id: string;
}

/** A programme, whose evaluation NBNP and the offices sign. */
@Directive('@key(fields: "id")')
@ObjectType({
  description: words.Programme.about,
})
@Access('open')
export class Programme {
  @Field(() => ID, { description: words.Programme.id })
  id: string;
}
