using VideoGen.Testing;

namespace VideoGen.LoadTest.Tests;

public sealed class CommandLineTests
{
    private const string Command = "dotnet run -c Release --project benchmarks/VideoGen.LoadTest -- ";

    public static TheoryData<string> Documented =>
    [
        .. Directory.GetFiles(ProductProcess.InSolution("docs"), "*.md")
            .SelectMany(File.ReadLines)
            .Where(line => line.Contains(Command, StringComparison.Ordinal))
            .Select(line => line.Split(Command)[1].Split('#')[0].Trim(' ', '`'))
            .Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Documented))]
    public void What_the_documents_say_to_type_is_understood(string line) => Assert.Empty(CommandLine.Root.Parse(line).Errors);

    [Theory]
    [InlineData("", "Required command")]
    [InlineData("sumbit", "sumbit")]
    [InlineData("list --only everything", "everything")]
    [InlineData("list --entries 10,many", "--entries")]
    [InlineData("list --entries 0", "--entries")]
    [InlineData("submit --seconds 0", "--seconds")]
    [InlineData("submit --connections", "--connections")]
    [InlineData("life --silos 3", "--silos")]
    public void What_is_not_understood_is_named_before_anything_starts(string line, string named) =>
        Assert.Contains(CommandLine.Root.Parse(line).Errors, error => error.Message.Contains(named, StringComparison.Ordinal));
}
