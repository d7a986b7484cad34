/** The result of a failed call to a partner. The partner’s rows are then missing. */
export type PartnerFailure =
  | 'UNAVAILABLE'
  | 'TIMED_OUT'
  | 'INVALID_RESPONSE'
  | 'RESPONSE_TOO_LARGE'
  | 'REFUSED'
  | 'MAINTENANCE'
  | 'QUARANTINED';

/** Why a call failed. The hub itself is the cause of `OVERLOADED`, and no partner is named for it. */
export type CallFailure = PartnerFailure | 'OVERLOADED';

export type ResponseStatus = 'ANSWERED' | PartnerFailure;

/**
 * What a call shows about the availability of its partner. Here `OVERLOADED` comes from the partner
 * itself.
 */
export type CallStatus = ResponseStatus | 'OVERLOADED';
