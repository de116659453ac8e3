const knownProblems: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|ENOSPC/, 'ディスクの空き容量がありません。 / The disk is full.'],
  [
    /Permission denied|EACCES|EPERM|EROFS|Operation not permitted/,
    'データフォルダまたは PostgreSQL のプログラムを使う権限がありません。フォルダの所有者を確認するか、NP_HUB_DATA_DIR で別の場所を指定してください。 / ' +
      'No permission to use the data folder or PostgreSQL’s programs: check the owner, or choose another place with NP_HUB_DATA_DIR.',
  ],
  [
    /administrative permissions/,
    '管理者権限では PostgreSQL を起動できません。通常のユーザーで起動するか、DATABASE_URL を設定してください。 / ' +
      'PostgreSQL refuses to run with administrative rights: start as an ordinary user, or set DATABASE_URL.',
  ],
  [
    /database files are incompatible|was initialized by PostgreSQL version/,
    'データフォルダは別のバージョンの PostgreSQL で作られています。 / The data folder was made by another version of PostgreSQL.',
  ],
  [
    /error while loading shared libraries|Library not loaded|cannot execute binary file|Exec format error/,
    '内蔵の PostgreSQL はこの環境で動きません。DATABASE_URL を設定してください。 / The bundled PostgreSQL does not run on this system: set DATABASE_URL.',
  ],
];

/** An error that says in plain words what went wrong with the embedded server, with PostgreSQL's own last words after it. */
export function embeddedProblem(what: string, output: string, cause?: unknown): Error {
  const words = knownProblems.find(([pattern]) => pattern.test(output))?.[1];
  const tail = output.trim().split('\n').slice(-8).join('\n');
  return new Error([what, words, tail].filter(Boolean).join('\n'), { cause });
}
