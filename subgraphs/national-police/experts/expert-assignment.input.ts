import { DateScalar } from '@hub/shared/graphql';
import { Happened, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('DecideExpertLoanInput', {
  description: 'The decision of a police force on a request of the network for its expert.',
})
export class DecideExpertLoanInput {
  @Field(() => ID, { description: 'Id of the expert, of this police force.' })
  expert: string;

  @Field(() => ID, { description: 'Id of the assignment: `nbnp:…`, from `Expert.assignments`.' })
  assignment: string;

  @Field(() => Boolean, { description: 'True lends the expert, false refuses.' })
  grant: boolean;

  @Field(() => DateScalar, { description: 'The day of the decision.' })
  @Happened()
  on: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why. Only the network and the police force read it.',
  })
  reason?: string | null;

  @Field(() => Int, { nullable: true, description: words.Input.visitVersion })
  visitVersion?: number | null;
}

@InputType('WithdrawExpertLoanInput', {
  description:
    'Why a police force takes back an expert whom it had lent: ill, or needed elsewhere.',
})
export class WithdrawExpertLoanInput {
  @Field(() => ID, { description: 'Id of the expert, of this police force.' })
  expert: string;

  @Field(() => ID, { description: 'Id of the assignment: `nbnp:…`, from `Expert.assignments`.' })
  assignment: string;

  @Field(() => DateScalar, { description: 'The day of the decision.' })
  @Happened()
  on: string;

  @Field(() => String, {
    description: 'Why. Only the network and the police force read it.',
  })
  reason: string;
}
