extension LongBenchDataSet {
    /// The data sets of LongBench v1. Metrics and answer lengths are LongBench's; the prompts ask for the same in words of
    /// our own.
    public static let all: [LongBenchDataSet] = english + chinese + code

    private static let english: [LongBenchDataSet] = [
        .init(
            name: "narrativeqa", metric: .questionAnswering, answerTokens: 128, kind: .question,
            before: "This is a story, a novel or a film script.\n\n",
            behind: "\n\nAnswer a question about the story in as few words as you can, without explanation.\n\n"
                + "Question: {input}\n\nAnswer:"),
        .init(
            name: "qasper", metric: .questionAnswering, answerTokens: 128, kind: .question,
            before: "This is a scientific article.\n\n",
            behind: "\n\nAnswer a question about the article with a phrase or one sentence, without explanation. "
                + "Answer a yes/no question with \"yes\" or \"no\". If the article does not tell the answer, write "
                + "\"unanswerable\".\n\nQuestion: {input}\n\nAnswer:"),
        question("multifieldqa_en", answerTokens: 64),
        question("hotpotqa", answerTokens: 32),
        question("2wikimqa", answerTokens: 32),
        question("musique", answerTokens: 32),
        .init(
            name: "gov_report", metric: .rouge, answerTokens: 512,
            kind: .whole(question: "What are the main findings, conclusions and recommendations of the report?"),
            before: "This is a report of a government agency.\n\n",
            behind: "\n\nWrite a summary of the report, one page long.\n\nSummary:"),
        .init(
            name: "qmsum", metric: .rouge, answerTokens: 512, kind: .question,
            before: "This is the transcript of a meeting.\n\n",
            behind: "\n\nAnswer the query about the meeting in one or more sentences.\n\nQuery: {input}\nAnswer:"),
        .init(
            name: "multi_news", metric: .rouge, answerTokens: 512,
            kind: .whole(question: "What are the most important events and facts in the news?"),
            before: "These are several news articles.\n\n",
            behind: "\n\nWrite a summary of all the news, one page long.\n\nSummary:"),
        .init(
            name: "trec", metric: .classification, answerTokens: 64, kind: .examples,
            before: "The type of a question is to be named. These are examples.\n\n", behind: "\n{input}"),
        .init(
            name: "triviaqa", metric: .questionAnswering, answerTokens: 32, kind: .examples,
            before:
                "A question about a passage is to be answered, with nothing but the answer. These are examples.\n\n",
            behind: "\n\n{input}"),
        .init(
            name: "samsum", metric: .rouge, answerTokens: 128, kind: .examples,
            before: "A dialogue is to be summed up in a few short sentences. These are examples.\n\n",
            behind: "\n\n{input}"),
        .init(
            name: "passage_count", metric: .count, answerTokens: 32,
            kind: .whole(question: "How many different paragraphs are there?"),
            before: "These are paragraphs of Wikipedia; some stand here more than once.\n\n",
            behind:
                "\n\nHow many different paragraphs are there, each counted once? Write the number and nothing else, "
                + "such as 1, 2, 3.\n\nThe number is: "),
        .init(
            name: "passage_retrieval_en", metric: .paragraphNumber, answerTokens: 32, kind: .paragraph,
            before: "These are numbered paragraphs of Wikipedia.\n\n",
            behind:
                "\n\nThis is an abstract of one of them.\n\n{input}\n\nWhich paragraph is it the abstract of? Answer in "
                + "the form \"Paragraph 1\", \"Paragraph 2\".\n\nThe answer is: "),
    ]

    private static let chinese: [LongBenchDataSet] = [
        .init(
            name: "multifieldqa_zh", metric: .chineseQuestionAnswering, answerTokens: 64, kind: .question,
            before: "以下是一篇文章。\n\n", behind: "\n\n请根据文章用中文简短回答问题，只写答案。\n\n问题：{input}\n回答："),
        .init(
            name: "dureader", metric: .chineseRouge, answerTokens: 128, kind: .question,
            before: "以下是几篇文章。\n\n", behind: "\n\n请根据文章回答问题。\n\n问题：{input}\n回答："),
        .init(
            name: "vcsum", metric: .chineseRouge, answerTokens: 512, kind: .whole(question: "会议的主要内容和结论是什么？"),
            before: "以下是一次会议的记录。\n\n", behind: "\n\n请写一段话总结会议的内容。\n\n总结："),
        .init(
            name: "lsht", metric: .classification, answerTokens: 64, kind: .examples,
            before: "请写出新闻的类别。以下是例子。\n\n", behind: "\n{input}"),
        .init(
            name: "passage_retrieval_zh", metric: .paragraphNumber, answerTokens: 32, kind: .paragraph,
            before: "以下是一些编号的段落。\n\n",
            behind: "\n\n以下是其中一个段落的摘要。\n\n{input}\n\n这是哪一段的摘要？请按照\"段落1\"、\"段落2\"的格式回答。\n\n答案是："),
    ]

    private static let code: [LongBenchDataSet] = ["lcc", "repobench-p"].map { name in
        .init(
            name: name, metric: .codeSimilarity, answerTokens: 64, kind: .code,
            before: "Complete the code.\n", behind: "\n\n{input}Next line of code:\n")
    }

    private static func question(_ name: String, answerTokens: Int) -> LongBenchDataSet {
        .init(
            name: name, metric: .questionAnswering, answerTokens: answerTokens, kind: .question,
            before: "Answer the question about the text that follows with nothing but the answer.\n\n",
            behind: "\n\nAnswer the question about the text above with nothing but the answer.\n\n"
                + "Question: {input}\nAnswer:")
    }
}
