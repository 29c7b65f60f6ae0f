using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>What is written is saved by itself, and not lost when it cannot be saved.</summary>
public sealed class StoryboardDraftTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task What_the_server_refuses_is_said_at_its_card_and_the_text_survives_a_reload()
    {
        var id = await hub.PlanAsync("Refused", await hub.CastAsync("Nora"), "One.", "Two.");
        await using var page = await StoryboardPage.OpenAsync(chromium, hub, id);
        var tooLong = new string('x', 2001);

        await page.Script(2).FillAsync(tooLong);

        await Expect(page.Card(2).GetByRole(AriaRole.Alert).Filter(new() { HasText = "Shot 2" })).ToBeVisibleAsync();
        await Expect(page.Script(2)).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Script(1)).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Saving).ToHaveAttributeAsync("data-state", "refused");
        await page.Page.ReloadAsync();
        await Expect(page.Script(2)).ToHaveValueAsync(tooLong);

        await page.Card(1).GetByLabel("Starts from").SelectOptionAsync("character");
        await page.Script(2).FillAsync("Two, but shorter.");
        await page.SavedAsync();
        await Expect(page.Script(2)).Not.ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Contains("Two, but shorter.", await hub.Api.Client.GetStringAsync("/storyboards/" + id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_did_not_receive_is_kept_and_saved_later()
    {
        var id = await hub.PlanAsync("Kept", await hub.CastAsync("Otto"), "One.");
        await using var page = await StoryboardPage.OpenAsync(chromium, hub, id);
        await page.Page.RouteAsync("**/storyboards/" + id, route =>
            route.Request.Method == "PATCH" ? route.AbortAsync() : route.ContinueAsync());

        await page.Script(1).FillAsync("One, written on a train.");
        await Expect(page.Saving).ToHaveAttributeAsync("data-state", "failed");
        await page.Page.ReloadAsync();
        await Expect(page.Script(1)).ToHaveValueAsync("One, written on a train.");

        await page.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await page.SavedAsync();
        Assert.Contains("on a train", await hub.Api.Client.GetStringAsync("/storyboards/" + id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_most_three_shots_in_a_row_continue_and_the_page_says_why()
    {
        var id = await hub.PlanAsync("A chain", await hub.CastAsync("Pia"), "One.", "Two.", "Three.", "Four.", "Five.");
        await using var page = await StoryboardPage.OpenAsync(chromium, hub, id);

        for (var number = 2; number <= 4; number++)
        {
            await page.Card(number).GetByLabel("Starts from").SelectOptionAsync("previous");
        }

        await Expect(page.Card(4)).ToContainTextAsync("Continues shot 3");
        await Expect(page.Card(5).Locator("[value=previous]")).ToBeDisabledAsync();
        await Expect(page.Card(5)).ToContainTextAsync("the character drifts");
        await Expect(page.Card(1).Locator("[value=previous]")).ToBeDisabledAsync();
        await page.SavedAsync();
    }

    [Fact]
    public async Task A_character_in_use_is_deleted_only_when_that_is_confirmed()
    {
        await hub.PlanAsync("Uses her", await hub.CastAsync("Quinn"), "One.");
        await using var page = await StoryboardPage.OpenAsync(chromium, hub);
        var card = page.Cast.Filter(new() { HasText = "Quinn" });

        await page.Button("Edit Quinn").ClickAsync();
        await page.Page.GetByLabel("Description").FillAsync("Red hair.");
        await page.Button("Save").ClickAsync();
        await Expect(card).ToContainTextAsync("version 2");

        await page.Button("Delete Quinn").ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(card).ToContainTextAsync("Storyboards use this character.");
        await card.GetByRole(AriaRole.Button, new() { Name = "Delete anyway" }).ClickAsync();
        await Expect(card).ToHaveCountAsync(0);
    }
}
