import { sharing } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'What an officer lets others read, and until when.' })
export class ShareOfficerContactInput extends sharing.ShareContactInput {
  @Field(() => ID, { description: 'Id of the officer: `dk:…`.' })
  officer: string;
}

@InputType({ description: 'A consent of an officer that is taken back.' })
export class WithdrawOfficerContactInput extends sharing.WithdrawContactInput {
  @Field(() => ID, { description: 'Id of the officer: `dk:…`.' })
  officer: string;
}
