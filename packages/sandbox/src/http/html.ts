/** A small page, as a service shows it to people in place of an answer. */
export function htmlPage(title: string, text: string): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${text}</h1></body></html>`;
}

export const htmlHeaders = { 'content-type': 'text/html;charset=UTF-8' };
export const jsonHeaders = { 'content-type': 'application/json' };
