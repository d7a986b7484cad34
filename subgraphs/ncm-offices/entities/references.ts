import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** An organisation in NBNP's directory. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType()
@Access('open')
@MaxAge(maxAges.inherited)
export class Organisation {
  @Field(() => ID)
  id: string;
}

/** An event in NBNP's records. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType()
@Access('open')
@MaxAge(maxAges.inherited)
export class Event {
  @Field(() => ID)
  id: string;
}

/** A group of the programme, which NBNP plans and for which the offices select delegates. */
@Directive('@key(fields: "id")')
@ObjectType()
@Access('open')
export class Group {
  @Field(() => ID)
  id: string;
}

/** A stop of a visit, which NBNP plans and which an office confirms where it lies in Russia. */
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    '`officeConfirmedVersion`: the version of the stop that the office confirmed, 0 when it confirmed none.',
})
@Access('open')
export class ItineraryStop {
  @Field(() => ID)
  id: string;
}

/** A programme, whose evaluation NBNP and the offices sign. */
@Directive('@key(fields: "id")')
@ObjectType({
  description: '`officeSignatureCount`: 1 when the offices have signed the evaluation, 0 when not.',
})
@Access('open')
export class Programme {
  @Field(() => ID)
  id: string;
}
