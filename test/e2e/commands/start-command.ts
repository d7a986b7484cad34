import { join } from 'node:path';
import { createToken } from '../network/open-hub.js';
import type { OwnNetwork } from '../network/own-network.js';
import { runCommand, type RunningCommand } from '../network/running-command.js';

/** `npm start` with these arguments, in a network of its own. */
export const start = ({ environment }: OwnNetwork, ...args: string[]): RunningCommand =>
  runCommand('gateway/cli/start.mjs', args, environment);

export const ready = /The network is running\.[^]*Ctrl-C/;

export const codes = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'nbnp', 'ncm', 'no', 'se'];

/** The arguments that leave out all other partners. */
export const allBut = (...kept: string[]): string[] => [
  '--without',
  codes.filter((code) => !kept.includes(code)).join(','),
];

/** The token of a co-ordinator of the network, who may read of all people that they are there. */
export const tokenOf = ({ folder }: OwnNetwork): Promise<string> =>
  createToken(join(folder, 'data', 'keys'), { organisation: 'nbnp', role: 'coordinator' });

export const isListening = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/live`).then(
    () => true,
    () => false,
  );
