import { type OpenConnect, plainConnect } from '@hub/shared/server';
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';

/** Ends a connection on which a partner sends more than a response may have. */
export class TooManyBytes extends Error {
  override readonly name = 'TooManyBytes';
}

/** For headers, and for the frames of a body in pieces, besides the body itself. */
const framingBytes = 65_536;

/**
 * Bounds all that a partner sends in reply to one request. Informational responses, the frames of
 * pieces and empty lines are no part of a body. undici reads them for as long as they come, and
 * reports none of them.
 */
export function boundConnections(maxBodyBytes: number, connect = plainConnect): OpenConnect {
  const most = 2 * maxBodyBytes + framingBytes;
  return (timeoutMs) => {
    const given = connect(timeoutMs);
    const open = typeof given === 'function' ? given : buildConnector(given);
    return (options, callback) =>
      open(options, (...opened) => {
        const [, socket] = opened;
        if (socket) boundSocket(socket, most);
        callback(...opened);
      });
  };
}

function boundSocket(socket: Socket, most: number): void {
  let written = -1;
  let until = 0;
  socket.on('readable', () => {
    // A new request was sent since.
    if (socket.bytesWritten !== written) {
      written = socket.bytesWritten;
      until = socket.bytesRead + most;
    } else if (socket.bytesRead > until) {
      socket.destroy(new TooManyBytes());
    }
  });
}
