import { sharing } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'What a delegate lets others read, and until when.' })
export class ShareDelegateContactInput extends sharing.ShareContactInput {
  @Field(() => ID, { description: 'Id of the delegate: `ncm:…`.' })
  delegate: string;
}

@InputType({ description: 'A consent of a delegate that is taken back.' })
export class WithdrawDelegateContactInput extends sharing.WithdrawContactInput {
  @Field(() => ID, { description: 'Id of the delegate: `ncm:…`.' })
  delegate: string;
}
