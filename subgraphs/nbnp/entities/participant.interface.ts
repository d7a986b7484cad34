import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import { Directive, Field, ID, InterfaceType, ObjectType } from 'type-graphql';

@InterfaceType('Participant', {
  autoRegisterImplementations: false,
  resolveType: ({ id }: { readonly id: string }) =>
    codes.isPoliceCode(codes.ownerOf(id)) ? 'Officer' : 'Delegate',
  description: words.Participant.about,
})
export abstract class Participant {
  @Field(() => ID, { description: words.Participant.id })
  @Self('fellow')
  id: string;
}

/** Someone from North-West Russia whom an office selected. The record belongs to the offices. */
@Directive('@key(fields: "id")')
@ObjectType('Delegate', { implements: Participant, description: words.Delegate.about })
@Access('signedIn')
export class Delegate extends Participant {}

/** Someone from a Nordic or Baltic country. The record belongs to a police force. */
@Directive('@key(fields: "id")')
@ObjectType('Officer', { implements: Participant, description: words.Officer.about })
@Access('signedIn')
export class Officer extends Participant {}
