import Documents
import Testing

/// LaTeX as it reads when it is set.
@Suite struct LaTeXTests {
    private static let paper = #"""
        % A comment.
        \documentclass[12pt]{article}
        \usepackage{graphicx}
        \newcommand{\key}[1]{\textbf{#1}}
        \title{The \emph{House}}
        \author{Ann Lee \and Bob}
        \begin{document}
        \maketitle
        \begin{abstract}
        It is short.
        \end{abstract}
        \section{Rooms}\label{sec:rooms}
        The \textbf{key} hangs % here
         in the hall~--- ``by the door''\footnote{On a \emph{nail}.}, see \cite{lee2020}
        and Figure~\ref{fig:a}. It costs 5\,\% or $x_1 + \frac{1}{2}$.

        Stra\ss{}e, caf\'e, M\"{u}nchen.
        \subsection*{Lists}
        \begin{enumerate}
          \item First.
          \item Second
            \begin{itemize}
            \item[a)] Inner.
            \end{itemize}
        \end{enumerate}
        \begin{verbatim}
        % \section{no}
        \end{verbatim}
        \begin{equation}
          E = mc^2
        \end{equation}
        \begin{table}[h]
        \begin{tabular}{lr}
        Name & Room \\ \hline
        Ann & 21 \\
        Bob & 22
        \end{tabular}
        \caption{Who lives where.}
        \end{table}
        \input{more}
        The end\ldots{} \unknown{of it}.
        \end{document}
        """#

    @Test func aPaperReads() {
        let found = Extraction(Self.paper, name: "a.tex")
        #expect(
            found.trimmed == [
                "The House", "Ann Lee Bob", "Abstract", "It is short.", "Rooms",
                "The key hangs in the hall — “by the door” (On a nail.), see [lee2020] and Figure [fig:a]. It costs 5 % or $x_1 + \\frac{1}{2}$.",
                "Straße, café, München.", "Lists", "1. First.", "2. Second", "a) Inner.", "% \\section{no}", "E = mc^2",
                "Name | Room", "Ann | 21", "Bob | 22", "Who lives where.", "The end… of it.",
            ])
        #expect(
            found.kinds == [
                .heading, .prose, .heading, .prose, .heading, .prose, .prose, .heading, .listItem, .listItem, .listItem,
                .code, .prose, .tableHeader, .tableRow, .tableRow, .prose, .prose,
            ])
        #expect(found.omissions.map(\.reason).first?.contains("'more'") == true)
        for piece in ["House", "key", "in the hall", "by the door", "nail", "lee2020", "Inner", "21", "lives where."] {
            #expect(found.source(of: piece)?.hasPrefix(piece) == true)
        }
        Extraction.expectStable(Self.paper, name: "a.tex", isWhole: false)
    }

    @Test func hostileLaTeX() {
        let inputs = [
            String(repeating: "{", count: 1_000_000), String(repeating: #"\footnote{"#, count: 100_000),
            String(repeating: #"\begin{itemize}\item "#, count: 50_000), String(repeating: "$", count: 300_001),
            String(repeating: "\\", count: 300_001), #"\begin{verbatim}"#,
            String(repeating: #"\end{tabular} & \\"#, count: 50_000),
            String(repeating: #"\section{A} Text of \emph{it}. "#, count: 50_000), "\\", "\\'", "\\[", "\\verb",
            "\\cite[", "\\item[",
            String(repeating: "A line of a paper, \\emph{as such}.\n\n", count: 50_000),
            String(repeating: "\\href{", count: 50_000),
        ]
        for input in inputs {
            let (seconds, found) = Extraction.seconds(input, name: "a.tex")
            print("LaTeX of \(input.utf8.count) bytes: \(seconds) s, \(found.blocks.count) blocks")
            #expect(seconds < 30)
        }
    }
}
