import { useCallback, useRef } from 'preact/hooks';

/**
 * A key for what a form sends. The same values get the same key, so that pressing twice, or once
 * more after a lost response, writes once. Other values get another key, as the contract asks.
 */
export function useIdempotencyKey(): (values: object) => string {
  const last = useRef<{ text: string; key: string }>(undefined);
  return useCallback((values) => {
    const text = JSON.stringify(values);
    if (last.current?.text !== text) last.current = { text, key: createKey() };
    return last.current.key;
  }, []);
}

/** `crypto.randomUUID` exists on https and localhost alone. */
function createKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
