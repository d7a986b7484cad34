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

/** Why a partner is not called at all: it is suspended, or it was removed. */
export type Closed = 'SUSPENDED' | 'REMOVED';

/**
 * What an operation got from a partner. It is not asked for what its schema lacks: `LACKS_FIELD`.
 * While it is away, its last good facts may be shown: `STALE`.
 */
export type AnswerStatus = ResponseStatus | Closed | 'LACKS_FIELD' | 'STALE';

/** Why something of a partner is missing in an operation. */
export type Absence = CallFailure | Closed | 'LACKS_FIELD';
