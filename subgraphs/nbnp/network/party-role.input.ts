import { Field, ID, InputType } from 'type-graphql';
import { PartyRoleKind } from '../entities/vocabulary.js';

@InputType('PartyRoleInput', {
  description: 'One role of one party, at an event or in a programme.',
})
export class PartyRoleInput {
  @Field(() => PartyRoleKind, {
    description: 'The part that the party takes. A party may have several roles, each once.',
  })
  role: PartyRoleKind;

  @Field(() => ID, {
    description: 'Id of the party: an organisation, an office or a police unit: `dk:nec`.',
  })
  party: string;
}
