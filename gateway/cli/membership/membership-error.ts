/** Why a command changes nothing about the partners. The message says what to do. */
export class MembershipError extends Error {
  override readonly name = 'MembershipError';
}
