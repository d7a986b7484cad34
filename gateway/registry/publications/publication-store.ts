import { digestOf, makeFolder, replaceFile } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateSchema, type PublicationState } from './publication.js';

/** What the hub knows of each partner’s publications, in a file each. */
export interface PublicationStore {
  /** Undefined if there is no file. @throws if the file was cut off or changed */
  read(partner: string): PublicationState | undefined;
  write(partner: string, state: PublicationState): Promise<void>;
}

/** A digest covers the content, so that a spoilt file is never taken for a partner’s word. */
export function createPublicationStore(folder: string): PublicationStore {
  const pathOf = (partner: string) => join(folder, `${partner}.json`);
  return {
    read(partner) {
      let text: string;
      try {
        text = readFileSync(pathOf(partner), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
      const [digest = '', json = ''] = text.split('\n');
      if (text !== `${digest}\n${json}\n` || digest !== digestOf(json)) {
        throw new Error(`The publications of ${partner} were cut off or changed.`);
      }
      return stateSchema.parse(JSON.parse(json));
    },
    async write(partner, state) {
      makeFolder(folder);
      const json = JSON.stringify(state);
      await replaceFile(pathOf(partner), `${digestOf(json)}\n${json}\n`);
    },
  };
}
