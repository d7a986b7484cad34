import { defineConfig } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';

/** Denmark’s port. The police forces that the network began with follow in the order of their codes. */
const firstPort = 4111;
/** The port of any other police force. */
const otherPort = 4110;

function defaultPort(code: string): number {
  const place = codes.policeCodes.findIndex((known) => known === code);
  return place < 0 ? otherPort : firstPort + place;
}

const served = {
  has: codes.isPoliceCode,
  form: 'the code of a country in two lower-case letters, such as no',
};

/** Reads the settings of a police force. `--partner no` or `HUB_PARTNER` selects it. */
export const readConfig = defineConfig({ module: import.meta.url, codes: served, defaultPort });
