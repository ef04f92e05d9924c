const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|CREDENTIAL/i;
const LEAST_LENGTH = 6;

/**
 * Blanks the values of secret environment variables in a text. The engine redacts all secrets from
 * what it tells; this is for what it did not foresee, such as the message of a bug.
 */
export function redactorOf(
  env: Readonly<Record<string, string | undefined>>,
): (text: string) => string {
  const secrets = Object.entries(env)
    .flatMap(([name, value]) => (SECRET_NAME.test(name) && value !== undefined ? [value] : []))
    .filter((value) => value.length >= LEAST_LENGTH)
    .sort((one, other) => other.length - one.length);
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text);
}
