import { type AnyCommand, type FileCommand, Usage } from "./command.ts";

/** Completion of every command and option, for a shell to source. */
export function completionCommand(
  every: () => Promise<readonly AnyCommand[]>,
): FileCommand {
  return {
    name: "completion",
    operands: "SHELL",
    summary: "Print what makes bash or zsh complete the command 'hiraku'",
    options: {},
    onFiles: true,
    help: [
      "SHELL  bash or zsh, as in: source <(hiraku completion bash)",
    ],
    async run({ operands: [shell] }) {
      if (shell !== "bash" && shell !== "zsh") {
        throw new Usage("SHELL is bash or zsh");
      }
      const script = bash(await every());
      const text = shell === "zsh" ? ZSH_READS_BASH + script : script;
      return { value: { shell, script: text }, text };
    },
  };
}

const ZSH_READS_BASH = "autoload -U +X bashcompinit && bashcompinit\n";

/** What may follow each row of words, the longest first: `case` takes the first that fits. */
function bash(commands: readonly AnyCommand[]): string {
  const next = new Map<string, Set<string>>([["", new Set(["--help"])]]);
  for (const { name } of commands) {
    const words = name.split(" ");
    words.forEach((word, i) => {
      const said = words.slice(0, i).join(" ");
      next.set(said, (next.get(said) ?? new Set()).add(word));
    });
  }
  const whole = commands.map((command) => ({
    said: command.name,
    words: [
      ...(next.get(command.name) ?? []),
      ...Object.keys(command.options).map((option) => `--${option}`),
      "--json",
      "--help",
    ],
    files: /FILE|DIR|FOLDER/.test(command.operands),
  }));
  const begun = [...next].filter(([said]) =>
    said !== "" && !whole.some((one) => one.said === said)
  );
  const cases = [
    ...whole.toSorted((a, b) => b.said.length - a.said.length).map((one) =>
      `    "${one.said}"|"${one.said} "*) words="${one.words.join(" ")}"${
        one.files ? "; files=1" : ""
      } ;;`
    ),
    ...begun.map(([said, words]) =>
      `    "${said}") words="${[...words].join(" ")}" ;;`
    ),
    `    "") words="${[...next.get("") ?? []].join(" ")}" ;;`,
  ];
  return `_hiraku() {
  local said="\${COMP_WORDS[*]:1:COMP_CWORD-1}" now="\${COMP_WORDS[COMP_CWORD]}"
  local words="" files=""
  case "$said" in
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$now"))
  # After an option, and where a command takes a file, any file may follow.
  [[ -n "$files" || "$said" == *--* ]] && [[ "$now" != -* ]] &&
    COMPREPLY+=($(compgen -f -- "$now"))
  return 0
}
complete -o filenames -F _hiraku hiraku
`;
}
