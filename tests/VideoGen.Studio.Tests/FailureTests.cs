using VideoGen.FakeHub.Faults;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>A video that fails says why, and what can be done about it is a button.</summary>
public sealed class FailureTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task A_failure_is_told_in_words_and_can_be_tried_again()
    {
        const string script = "Fails the first time.";
        hub.Spoil(script, FaultKind.FailJob, status: 500);
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);

        await studio.SubmitAsync(script);
        await studio.ReachAsync("failed");
        await Expect(studio.Reason).ToHaveAttributeAsync("data-code", "provider_failed");
        await Expect(studio.Reason).ToContainTextAsync("failed");

        await studio.Button("Try again").ClickAsync();
        await studio.ReachAsync("completed");
        await Expect(studio.Video).ToBeVisibleAsync();
        await Expect(studio.Screen.GetByText("attempt 2")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_may_be_charged_twice_is_asked_about_first()
    {
        const string script = "Taken without an answer.";
        hub.Spoil(script, FaultKind.AcceptThenDrop);
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await studio.SubmitAsync(script);
        await studio.ReachAsync("failed");
        await Expect(studio.Reason).ToHaveAttributeAsync("data-code", "outcome_unknown");

        await studio.Button("Try again").ClickAsync();
        await Expect(studio.Screen.GetByText("may charge for both")).ToBeVisibleAsync();
        await studio.Button("Keep").ClickAsync();
        Assert.Equal(1, hub.Jobs(script));

        await studio.Button("Try again").ClickAsync();
        await studio.Button("Retry anyway").ClickAsync();
        await studio.ReachAsync("completed");
        Assert.Equal(2, hub.Jobs(script));
    }

    [Fact]
    public async Task What_would_fail_again_has_no_button_for_it()
    {
        const string script = "Never allowed.";
        hub.Spoil(script, FaultKind.RejectContent);
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);

        await studio.SubmitAsync(script);
        await studio.ReachAsync("failed");

        await Expect(studio.Button("Edit")).ToBeVisibleAsync();
        await Expect(studio.Button("Try again")).ToHaveCountAsync(0);
    }
}
