namespace VideoGen.Silo.Tests.Backends.HuggingFace;

public sealed class HubWarningsTests
{
    [Fact]
    public async Task A_warning_of_Hugging_Face_is_logged_once_and_without_the_token()
    {
        using var hub = new Hub().ServesWan();
        hub.Http.On("POST", Hub.FalSubmit, 200, Hub.FalAccepted, ("X-HF-Warning", $"deprecated; {Hub.Token} ends\n soon"));

        await hub.SubmitAsync();
        await hub.SubmitAsync();

        Assert.EndsWith(
            "Warning from Hugging Face: deprecated; [removed] ends soon ", Assert.Single(hub.Logs.Lines, IsWarning),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_more_than_a_hundred_are_logged()
    {
        using var hub = new Hub().ServesWan();
        var number = 0;
        hub.Http.On("POST", Hub.FalSubmit, _ => ScriptedHttp.Answer(
            200, System.Text.Encoding.UTF8.GetBytes(Hub.FalAccepted), headers: [("X-HF-Warning", $"number {number++}")]));

        for (var order = 0; order < 103; order++)
        {
            await hub.SubmitAsync();
        }

        Assert.Equal(100, hub.Logs.Lines.Count(IsWarning));
    }

    private static bool IsWarning(string line) => line.Contains("Warning from Hugging Face", StringComparison.Ordinal);
}
