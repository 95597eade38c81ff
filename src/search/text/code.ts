const CODE =
  /\b(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|github\.io|sourceforge\.net|anonymous\.4open\.science)\b|\bhuggingface\.co\/(?!papers\/)[\w-]+\/[\w.-]+/i;

/** Whether the abstract or the address of a paper names a place where its code lives. */
export function namesCode(paper: { abstract: string | null; url: string | null }): boolean {
  return CODE.test(paper.abstract ?? '') || CODE.test(paper.url ?? '');
}
