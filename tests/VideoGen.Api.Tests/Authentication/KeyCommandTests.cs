using Microsoft.Extensions.Configuration;
using VideoGen.Api.Authentication;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Authentication;

public sealed class KeyCommandTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    private string FilePath => Path.Combine(_data.Path, "keys.json");

    [Fact]
    public void A_key_is_made_shown_once_listed_and_revoked()
    {
        var (_, made) = Run("keys", "add", "alice", "--owner", "studio", "--expires", "30");
        var text = made.Split('\n')[0].Trim();
        var (_, listed) = Run("keys", "list");
        var (code, revoked) = Run("keys", "revoke", "alice");

        Assert.StartsWith("vg_", text, StringComparison.Ordinal);
        Assert.Contains("alice", listed, StringComparison.Ordinal);
        Assert.Contains("studio", listed, StringComparison.Ordinal);
        Assert.Contains("expires", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKey.Read(text).Secret, listed, StringComparison.Ordinal);
        Assert.Equal(0, code);
        Assert.Contains("alice", revoked, StringComparison.Ordinal);
        Assert.Equal("", Run("keys", "list").Output);
        Assert.True(File.Exists(FilePath));    // and with it the service stays closed
    }

    [Fact]
    public void A_name_is_given_once()
    {
        Run("keys", "add", "alice");

        var (code, said) = Run("keys", "add", "alice");

        Assert.Equal((1, "A key named alice already exists."), (code, said.Trim()));
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("keys", "add")]
    [InlineData("keys", "add", "two words")]
    [InlineData("keys", "add", "a/b")]
    [InlineData("keys", "add", "a", "--owner", "../b")]
    [InlineData("keys", "add", "a", "--expires", "0")]
    [InlineData("keys", "add", "a", "--expires", "soon")]
    [InlineData("keys", "revoke", "nobody")]
    [InlineData("keys", "steal")]
    public void A_wrong_command_is_refused_and_closes_nothing(params string[] args)
    {
        var (code, said) = Run(args);

        Assert.NotEqual(0, code);
        Assert.NotEqual("", said);
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void A_file_that_is_none_is_left_alone()
    {
        File.WriteAllText(FilePath, "mine");

        var (code, said) = Run("keys", "add", "alice");

        Assert.Equal(
            (1, "The key file is not valid JSON for a key file.", "mine"), (code, said.Trim(), File.ReadAllText(FilePath)));
    }

    private (int Code, string Output) Run(params string[] args)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["VideoGen:DataDirectory"] = _data.Path }).Build();
        using var output = new StringWriter();
        var code = KeyCommands.Run(args, settings, TimeProvider.System, output, output);
        return (code, output.ToString());
    }

    public void Dispose() => _data.Dispose();
}
