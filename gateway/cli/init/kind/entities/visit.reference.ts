import { Access } from '@hub/shared/identity';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A visit of the programme, which NBNP plans. Here it has only its key. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A visit of a group.' })
@Access('open')
export class Visit {
  @Field(() => ID, { description: 'Id of the visit: `nbnp:…`.' })
  id: string;
}
