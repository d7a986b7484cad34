import type { PartnerPart } from '../partner/define-partner.js';
import type { ImportKind } from './kind.js';

/** The command `import` of a partner’s folder. A server does not load what reads files and workbooks. */
export const imports = (kinds: readonly ImportKind[]): PartnerPart => ({
  commands: {
    async import(options) {
      const { runImport } = await import('./run-import.js');
      return runImport({ ...options, kinds });
    },
  },
});
