/** The result of a failed call to a partner. The partner’s rows are then missing. */
export type PartnerFault =
  | 'UNAVAILABLE'
  | 'TIMED_OUT'
  | 'INVALID_RESPONSE'
  | 'RESPONSE_TOO_LARGE'
  | 'REFUSED'
  | 'MAINTENANCE'
  | 'QUARANTINED';

/** Why a call failed. The hub itself is the cause of `OVERLOADED`, and no partner is named for it. */
export type CallFault = PartnerFault | 'OVERLOADED';

export type AnswerStatus = 'ANSWERED' | PartnerFault;

/** What a call shows of its partner’s availability. Here the partner itself says `OVERLOADED`. */
export type CallStatus = AnswerStatus | 'OVERLOADED';
