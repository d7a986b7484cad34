/** A message from the registry’s process to the primary. */
export type FromRegistry =
  /** Workers must load this release. */
  | { readonly release: number }
  /** Once a second, unless a judgement takes longer. */
  | { readonly alive: true }
  /** Workers must read again what is known of the partners. */
  | { readonly changed: true };

/** How long it may be silent. A judgement that takes longer never ends. */
export const registrySilentMs = 120_000;

/** A message from the primary to the registry’s process: fetch this partner’s manifest. */
export interface ToRegistry {
  readonly refresh: string;
}
