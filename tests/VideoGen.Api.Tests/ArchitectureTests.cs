using System.Reflection;
using Microsoft.AspNetCore.Http;
using NetArchTest.Rules;
using VideoGen.Api.Hosting;
using VideoGen.Grains.Contracts;
using VideoGen.ServiceDefaults;
using VideoGen.Silo.Imaging;

namespace VideoGen.Api.Tests;

/// <summary>The dependency rule: what each project may know.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Grains = typeof(IGenerationGrain).Assembly;
    private static readonly Assembly Silo = typeof(ImagingRegistration).Assembly;
    private static readonly Assembly Api = typeof(ApiComposition).Assembly;
    private static readonly Assembly Defaults = typeof(StartupException).Assembly;

    [Fact]
    public void Grains_know_no_web_no_codec_no_process_and_nothing_else_of_ours() => HasNone(
        Grains, "Microsoft.AspNetCore", "NetVips", "CliWrap", "System.Diagnostics.Process", "System.Net.Http", "Garnet",
        "StackExchange.Redis", "VideoGen.Silo", "VideoGen.Api", "VideoGen.ServiceDefaults");

    [Fact]
    public void Service_defaults_know_nothing_of_the_domain() =>
        HasNone(Defaults, "VideoGen.Grains", "VideoGen.Silo", "VideoGen.Api", "Orleans");

    [Fact]
    public void A_silo_knows_nothing_of_the_API() => HasNone(Silo, "VideoGen.Api", "Garnet");

    [Fact]
    public void The_API_knows_of_the_silo_only_where_it_composes_the_cluster()
    {
        var others = Types.InAssembly(Api).That().HaveDependencyOn("VideoGen.Silo").GetTypes()
            .Where(type => type.Namespace != "VideoGen.Api.Cluster" && type.Namespace is not null);

        Assert.Empty(others);
    }

    [Fact]
    public void Endpoints_are_internal_and_static() => Passes(Types.InAssembly(Api)
        .That().HaveNameEndingWith("Endpoints", StringComparison.Ordinal)
        .Should().BeStatic().And().NotBePublic().GetResult());

    [Fact]
    public void Grain_classes_are_internal_and_sealed() => Passes(Types.InAssembly(Grains)
        .That().Inherit(typeof(Grain))
        .Should().BeSealed().And().NotBePublic().GetResult());

    /// <summary>A folder may use those below it and those beside it, and none of them uses it in turn.</summary>
    [Theory]
    [InlineData("VideoGen.Grains")]
    [InlineData("VideoGen.Silo")]
    [InlineData("VideoGen.Api")]
    [InlineData("VideoGen.ServiceDefaults")]
    public void Folders_form_no_cycle(string project) =>
        Assert.Equal("", string.Join('\n', FolderGraph.Of(project).Cycles()));

    [Fact]
    public void A_cycle_of_folders_would_be_noticed() => Assert.NotEmpty(
        new FolderGraph([("A", "B", "one"), ("B", "C", "two"), ("C", "A", "three"), ("C", "D", "four")]).Cycles());

    /// <summary>
    /// Orleans writes the full name of the interface into each call, whatever its GrainInterfaceType is: silos of two builds
    /// understand each other only while these names are the same.
    /// </summary>
    [Fact]
    public void The_full_names_of_grain_interfaces_do_not_change() => Assert.Equal(
        [
            "VideoGen.Grains.Characters.ICharacterGrain",
            "VideoGen.Grains.Characters.ICharacterPageGrain",
            "VideoGen.Grains.Contracts.IAllowanceGrain",
            "VideoGen.Grains.Contracts.IBudgetGrain",
            "VideoGen.Grains.Contracts.IGenerationGrain",
            "VideoGen.Grains.Contracts.IGenerationPageGrain",
            "VideoGen.Grains.Contracts.IHistoryGrain",
            "VideoGen.Grains.Contracts.IIdempotencyGrain",
            "VideoGen.Grains.Contracts.IOwnersGrain",
            "VideoGen.Grains.Contracts.IRetentionGrain",
            "VideoGen.Grains.Contracts.IUnkeyedRequestsGrain",
            "VideoGen.Grains.Contracts.IUploadsGrain",
            "VideoGen.Grains.Contracts.IUpstreamsGrain",
            "VideoGen.Grains.Contracts.IWebhookGrain",
            "VideoGen.Grains.Generations.Contract.IShotOwnerGrain",
            "VideoGen.Grains.History.IHistoryChunkGrain",
            "VideoGen.Grains.Storyboards.Contract.IStoryboardGrain",
            "VideoGen.Grains.Storyboards.Contract.IStoryboardPageGrain",
            "VideoGen.Grains.Webhooks.IWebhookAddressGrain",
            "VideoGen.Silo.Inference.LocalRenders.ILocalRenderService",
            "VideoGen.Silo.Reminders.IReminderMigration",
        ],
        Grains.GetTypes().Concat(Silo.GetTypes())
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))
            .Select(type => type.FullName)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void The_rule_would_notice_a_forbidden_dependency() =>
        Assert.NotEmpty(Types.InAssembly(Api).That().HaveDependencyOn(typeof(HttpContext).Namespace).GetTypes());

    private static void HasNone(Assembly assembly, params string[] forbidden) =>
        Passes(Types.InAssembly(assembly).ShouldNot().HaveDependencyOnAny(forbidden).GetResult());

    private static void Passes(NetArchTest.Rules.TestResult result) =>
        Assert.True(result.IsSuccessful, string.Join('\n', result.FailingTypeNames ?? []));
}
