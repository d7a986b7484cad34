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
 * The status of a partner in an operation. `LACKS_FIELD`: its schema lacks a field, which the hub did
 * not request. `STALE`: it is unavailable, and its last good facts are shown.
 */
export type CompletenessStatus = ResponseStatus | Closed | 'LACKS_FIELD' | 'STALE';

/** Why something of a partner is missing in an operation. */
export type Absence = CallFailure | Closed | 'LACKS_FIELD';
