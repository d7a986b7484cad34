import { parse, type GraphQLError } from 'graphql';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Descriptions } from '../../registry/contracts.js';
import { NetworkError } from '../../registry/network.js';
import { restateFields } from '../../registry/restate-fields.js';
import { ContractError } from './contract-error.js';

/** The next version of a contract, as somebody proposes it. */
export interface NextVersion {
  readonly contract: string;
  readonly sdl: string;
  readonly descriptions?: Descriptions | undefined;
}

/** As the schema of a manifest. */
const mostCharacters = 400_000;

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new ContractError('CONTRACT_UNREADABLE', `${file} cannot be read (${code}).`);
  }
}

function refuseInvalid(file: string, sdl: string): void {
  if (sdl.length > mostCharacters) {
    const most = mostCharacters.toLocaleString('en');
    throw new ContractError('CONTRACT_INVALID', `${file} has more than ${most} characters.`);
  }
  try {
    parse(sdl);
  } catch (error) {
    const { message, locations = [] } = error as GraphQLError;
    const [place] = locations;
    const where = place ? ` (line ${place.line}, column ${place.column})` : '';
    throw new ContractError('CONTRACT_INVALID', `${file}: ${message}${where}`);
  }
}

/**
 * Reads the next version of a contract, with the additions and the descriptions that lie beside it, as
 * `gateway/contracts` has them.
 * @param name @default the first part of the file’s name
 * @throws {@link ContractError}
 */
export function readNextVersion(file: string, name?: string): NextVersion {
  const [stem = ''] = basename(file).split('.');
  const beside = (ending: string) => join(dirname(file), `${stem}.${ending}`);
  const contract = name ?? stem;
  let sdl = readText(file);
  refuseInvalid(file, sdl);
  const additions = beside('additions.graphql');
  if (additions !== file && existsSync(additions)) {
    const text = readText(additions);
    refuseInvalid(additions, text);
    try {
      sdl = restateFields(sdl, text).join('\n');
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      throw new ContractError('CONTRACT_INVALID', `${additions}: ${error.message}`);
    }
  }
  const described = beside('descriptions.json');
  if (!existsSync(described)) return { contract, sdl };
  try {
    const descriptions = JSON.parse(readText(described)) as Descriptions;
    return { contract, sdl, descriptions };
  } catch (error) {
    if (error instanceof ContractError) throw error;
    throw new ContractError('CONTRACT_INVALID', `${described} is not JSON.`);
  }
}
