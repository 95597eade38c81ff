/** The REST base as discord.js takes it: without a version, which comes apart from it, and without a slash at the end. */
export function apiBase(apiUrl: string): string {
  return apiUrl.replace(/\/+$/, '').replace(/\/v\d+$/, '');
}
