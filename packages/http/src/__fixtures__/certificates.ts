import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Certificate } from './loopback-server.ts';

/** A server certificate for `127.0.0.1` and `wiki.example`, and the CA that signed it, in PEM. */
export interface TestTrust extends Certificate {
  readonly ca: string;
}

/** Makes a CA and a certificate with openssl; `undefined` when it is not installed. */
export function createTrust(): TestTrust | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'context-sync-http-'));
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { stdio: 'ignore' });
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  try {
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      at('ca.key'),
      '-out',
      at('ca.pem'),
      '-days',
      '36500',
      '-subj',
      '/CN=Test CA',
    );
    openssl(
      'req',
      ...key,
      '-keyout',
      at('key.pem'),
      '-out',
      at('csr.pem'),
      '-subj',
      '/CN=wiki.example',
    );
    writeFileSync(at('ext'), 'subjectAltName=DNS:wiki.example,IP:127.0.0.1');
    openssl(
      'x509',
      '-req',
      '-in',
      at('csr.pem'),
      '-CA',
      at('ca.pem'),
      '-CAkey',
      at('ca.key'),
      '-CAcreateserial',
      '-days',
      '36500',
      '-extfile',
      at('ext'),
      '-out',
      at('cert.pem'),
    );
    const read = (name: string): string => readFileSync(at(name), 'utf8');
    return { key: read('key.pem'), cert: read('cert.pem'), ca: read('ca.pem') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
