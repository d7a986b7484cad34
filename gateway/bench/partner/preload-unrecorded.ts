import { register, type LoadHook } from 'node:module';
import { isMainThread } from 'node:worker_threads';

// Node preloads it with `--import` into a partner that then notes no reading, and so records none. The
// difference is what the record costs.
if (isMainThread) register(import.meta.url);

const noNote = `export const createDisclosureNote = () => ({
  note() {}, refuse() {}, justify() {}, isJustified: () => false, keep() {}, readings: [],
});`;

export const load: LoadHook = (url, context, next) =>
  url.endsWith('/records/disclosure/disclosure-note.js')
    ? { format: 'module', shortCircuit: true, source: noNote }
    : next(url, context);
